// Brings one extension from what is installed to what is wanted, step by step, and says what came of it.
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe } from '@yagura/agent';
import type { DesiredExtension, ExtensionReport } from '@yagura/contracts';
import type { ApiServer } from '../api-server.ts';
import { decide, type Step } from './decide.ts';
import { type Helm, HelmFailure } from './helm.ts';
import { releaseOf } from './names.ts';
import type { NodeToken } from './node-token.ts';
import { whatIsNotReady } from './readiness.ts';
import { whatIsWrong } from './reasons.ts';
import { readRevisions, wishLabel } from './releases.ts';
import { makeWish, type Wish, type WishOptions } from './wish.ts';

export interface ReconcileOptions extends WishOptions {
  readonly apiServer: Pick<ApiServer, 'call'>;
  readonly helm: Helm;
  readonly nodeToken: NodeToken;
  readonly namespace: string;
  /** For files of values. */
  readonly folder: string;
  /** How long an extension may take to be ready. */
  readonly readyMs: number;
}

export type Outcome = Pick<ExtensionReport, 'status' | 'message' | 'revision'>;

/** A release that comes back in this many steps from anywhere, or not at all. */
const maxSteps = 6;

/** `tell` is called before whatever takes time. Throws only the signal's reason. */
export async function reconcile(
  desired: DesiredExtension,
  options: ReconcileOptions & { readonly tell: (now: Outcome) => Promise<void> },
  signal: AbortSignal,
): Promise<Outcome> {
  try {
    return await steps(desired, options, signal);
  } catch (error) {
    if (signal.aborted) throw error;
    return { status: 'failed', message: describe(error) };
  }
}

type Work = ReconcileOptions & { readonly tell: (now: Outcome) => Promise<void> };

async function steps(desired: DesiredExtension, work: Work, signal: AbortSignal): Promise<Outcome> {
  const { apiServer, namespace, nodeToken } = work;
  const isWanted = desired.state === 'installed';
  const release = releaseOf(desired.name);
  const wish = isWanted ? await makeWish(desired, work) : undefined;
  let why: string | undefined;
  for (let n = 0; n < maxSteps; n++) {
    const step = decide(await readRevisions(apiServer, namespace, release), wish?.id);
    if (step.do === 'nothing') {
      if (step.status === 'removed') await nodeToken.remove();
      else await nodeToken.keep(signal);
      const { status } = step;
      if (status === 'removed') return { status };
      const unready = await whatIsNotReady(apiServer, namespace, release);
      // That it was rolled back has a reason already, from when it was.
      const message = status === 'rolled-back' ? why : unready;
      return { status, revision: step.revision, ...(message === undefined ? {} : { message }) };
    }
    await work.tell({ status: isWanted ? 'installing' : 'removing', message: sayOf(step) });
    if (isWanted) await nodeToken.keep(signal);
    const failure = await take(step, { work, release, wish }, signal);
    if (failure === undefined) continue;
    if (step.do !== 'upgrade')
      return { status: 'failed', message: [why, `${step.do}: ${failure}`].filter(Boolean).join('; ') };
    why = failure;
    const after = decide(await readRevisions(apiServer, namespace, release), wish?.id);
    // Nothing to go back to: it stays, so that it can be looked at, and is tried again later.
    if (after.do !== 'roll-back') return { status: 'failed', message: failure };
  }
  return { status: 'failed', message: `${release} does not settle: look at it with helm history` };
}

function sayOf(step: Exclude<Step, { do: 'nothing' }>): string {
  switch (step.do) {
    case 'upgrade':
      return step.again ? 'it failed before; trying again' : 'Helm runs, and waits until it is ready';
    case 'roll-back':
      return step.isCut
        ? `a run was cut short; going back to revision ${step.to} first`
        : `it failed; going back to revision ${step.to}`;
    case 'uninstall':
      return step.isCut ? 'a run was cut short; clearing it away first' : 'Helm removes it';
  }
}

interface Place {
  readonly work: Work;
  readonly release: string;
  readonly wish: Wish | undefined;
}

/** Why it failed, or `undefined`. */
async function take(
  step: Exclude<Step, { do: 'nothing' }>,
  { work, release, wish }: Place,
  signal: AbortSignal,
): Promise<string | undefined> {
  const { helm, namespace, readyMs, apiServer } = work;
  const common = ['--namespace', namespace, '--timeout', `${Math.ceil(readyMs / 1000)}s`];
  const wait = ['--wait=legacy'];
  try {
    switch (step.do) {
      case 'upgrade': {
        const [words, labels] = [
          await valueWords(work.folder, wish?.values ?? []),
          `${wishLabel}=${wish?.id}`,
        ];
        const chart = wish?.chart ?? '';
        const what = ['upgrade', release, chart, '--install', '--labels', labels, '--hide-notes'];
        await helm.run([...what, ...common, ...wait, ...words], signal);
        return undefined;
      }
      case 'roll-back':
        // After a cut run the wanted one follows at once: there is nothing to wait for.
        await helm.run(
          ['rollback', release, String(step.to), ...common, ...(step.isCut ? [] : wait)],
          signal,
        );
        return undefined;
      case 'uninstall':
        await helm.run(['uninstall', release, '--ignore-not-found', ...common, ...wait], signal);
        return undefined;
    }
  } catch (error) {
    if (!(error instanceof HelmFailure)) throw error;
    const reasons = await whatIsWrong(apiServer, namespace, release);
    return [...reasons, error.message].join('; ');
  }
}

async function valueWords(folder: string, values: readonly string[]): Promise<readonly string[]> {
  const words: string[] = [];
  for (const [index, text] of values.entries()) {
    const file = join(folder, `values-${index}.json`);
    await writeFile(file, text, { mode: 0o600 });
    words.push('--values', file);
  }
  return words;
}
