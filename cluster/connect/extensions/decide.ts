// What to do next, from what is wanted and what is installed; nothing else is remembered, so that it can be cut short anywhere.
import type { Revision } from './releases.ts';

export type Step =
  /** It is as wanted. */
  | { readonly do: 'nothing'; readonly status: 'installed'; readonly revision: number }
  | { readonly do: 'nothing'; readonly status: 'removed' }
  /** What is wanted was tried, and the revision before it is back. */
  | { readonly do: 'nothing'; readonly status: 'rolled-back'; readonly revision: number }
  /** `again`: it failed before, and there was nothing to go back to. */
  | { readonly do: 'upgrade'; readonly again: boolean }
  /** `isCut`: a run of Helm was cut short. Else what is wanted failed. */
  | { readonly do: 'roll-back'; readonly to: number; readonly isCut: boolean }
  | { readonly do: 'uninstall'; readonly isCut: boolean };

/** `wish`: of what is wanted; `undefined`: nothing shall be installed. */
export function decide(revisions: readonly Revision[], wish: string | undefined): Step {
  const latest = revisions.at(-1);
  if (latest === undefined)
    return wish === undefined ? { do: 'nothing', status: 'removed' } : { do: 'upgrade', again: false };
  if (wish === undefined) return { do: 'uninstall', isCut: false };
  const good = revisions.findLast(({ status }) => status === 'deployed' || status === 'superseded');
  const back = (isCut: boolean): Step =>
    good === undefined ? { do: 'uninstall', isCut } : { do: 'roll-back', to: good.revision, isCut };
  // While it is pending Helm takes it for under way, and refuses.
  if (latest.status.startsWith('pending-')) return back(true);
  if (latest.status === 'uninstalling') return { do: 'uninstall', isCut: true };
  if (latest.status === 'deployed' && latest.wish === wish)
    return { do: 'nothing', status: 'installed', revision: latest.revision };
  const wasTried = revisions.some((one) => one.status === 'failed' && one.wish === wish);
  if (!wasTried) return { do: 'upgrade', again: false };
  if (latest.status === 'deployed')
    return { do: 'nothing', status: 'rolled-back', revision: latest.revision };
  // Also where going back failed before: trying once more what was wanted would break it a second time.
  return good === undefined ? { do: 'upgrade', again: true } : back(false);
}
