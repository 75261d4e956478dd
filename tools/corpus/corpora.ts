// The one list of corpora that the runner knows.
import type { Corpus } from './corpus.ts';
import { falcoK8sAudit } from './falco-k8saudit/run.ts';

export const corpora: readonly Corpus[] = [falcoK8sAudit];
