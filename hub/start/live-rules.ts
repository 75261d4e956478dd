// Keeps rules live: watched folders are read again, and what rules remember can be brought in from another hub.
import type { Logger } from '@yagura/kit';
import type { Pipeline } from '../pipeline/start-pipeline.ts';
import type { RuleBook } from '../rules/rule-book.ts';
import type { RuleFolders } from '../rules/rule-source.ts';
import { watchFolders } from '../rules/watch-folders.ts';
import type { Database } from '../store/database.ts';
import type { MemoryPart } from '../store/memory-part.ts';
import { writeParts } from '../store/rule-memory.ts';
import { fillMemory } from './restore-memory.ts';

export interface LiveRulesOptions {
  readonly ruleBook: RuleBook;
  readonly pipeline: Pipeline;
  readonly folders: RuleFolders;
  readonly db: Database;
  readonly log: Logger;
}

export interface LiveRules extends Disposable {
  /** Never throws: a broken rule is no error, and a database that is away leaves the rules as they are. */
  reload(): void;
  /** Between two blocks: what is remembered is saved, then added to, then read back whole. */
  importMemory(parts: readonly MemoryPart[]): Promise<void>;
}

export function keepRulesLive({ ruleBook, pipeline, folders, db, log }: LiveRulesOptions): LiveRules {
  ruleBook.attach(pipeline.exchange);
  const reload = (): void => {
    ruleBook
      .reload()
      .catch((error: unknown) =>
        log.error({ err: error }, 'rules could not be read again; those before go on'),
      );
  };
  const watching = watchFolders({ folders: [...folders.rules, ...folders.lists], onChange: reload, log });
  return {
    reload,
    importMemory: (parts) =>
      pipeline.exchange(async (engine) => {
        await pipeline.saveMemory();
        await db.transaction().execute((transaction) => writeParts(transaction, parts));
        await fillMemory(db, engine.state, log);
        return engine;
      }),
    [Symbol.dispose]: () => watching[Symbol.dispose](),
  };
}
