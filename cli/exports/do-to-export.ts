// `yagura exports test`, `pause`, `resume`, `retry`, `discard` and `delete`.
import {
  deleteDestination,
  discardDeadLetters,
  pauseDestination,
  resumeDestination,
  retryDeadLetters,
  testDestination,
} from '@yagura/contracts';
import { createHubClient, type HubClient } from '../hub-client/hub-client.ts';
import type { HubOptions } from '../hub-client/hub-options.ts';
import { locateHub } from '../hub-client/locate-hub.ts';
import { plural } from '../terminal/plural.ts';
import { plain } from '../terminal/table.ts';
import type { Terminal } from '../terminal/terminal.ts';

export type Deed = 'test' | 'pause' | 'resume' | 'retry' | 'discard' | 'delete';

interface Outcome {
  readonly text: string;
  readonly answer: object;
  readonly isGood: boolean;
}

export interface DeedOptions extends HubOptions {
  readonly json?: boolean;
  readonly terminal: Terminal;
}

/** Returns the exit code: 1 when a test did not arrive. */
export async function doToExport(deed: Deed, name: string, options: DeedOptions): Promise<number> {
  const { terminal } = options;
  const client = createHubClient(await locateHub(options, terminal), terminal.signal);
  const { text, answer, isGood } = await act(client, deed, name);
  await terminal.print(options.json ? `${JSON.stringify(answer)}\n` : `${plain(text)}\n`);
  return isGood ? 0 : 1;
}

async function act(client: HubClient, deed: Deed, name: string): Promise<Outcome> {
  const params = { id: name };
  const done = (text: string, answer: object = { done: true }): Outcome => ({ text, answer, isGood: true });
  switch (deed) {
    case 'test': {
      const answer = await client.call(testDestination, { params });
      const { delivered, message } = answer;
      return { text: delivered ? message : `not delivered: ${message}`, answer, isGood: delivered };
    }
    case 'pause':
      await client.call(pauseDestination, { params });
      return done(`paused ${name}`);
    case 'resume':
      await client.call(resumeDestination, { params });
      return done(`resumed ${name}`);
    case 'retry': {
      const answer = await client.call(retryDeadLetters, { params });
      return done(`${plural(answer.retried, 'dead letter')} to be sent again`, answer);
    }
    case 'discard': {
      const answer = await client.call(discardDeadLetters, { params });
      return done(`${plural(answer.discarded, 'dead letter')} thrown away`, answer);
    }
    case 'delete':
      await client.call(deleteDestination, { params });
      return done(`deleted ${name}`);
  }
}
