// The process that fired the rule below its ancestors, with what the kernel knew of it.
import type { ReactNode } from 'react';
import { type Fact, Facts } from '../../parts/facts.tsx';
import { Section } from '../../parts/section.tsx';
import { asCommand, type Loose, type LooseProcessEvent } from './event-shape.ts';
import styles from './process-tree.module.css';

type Process = NonNullable<LooseProcessEvent['process']>;
type Ancestor = NonNullable<LooseProcessEvent['ancestors']>[number];
type Stream = NonNullable<Process['stdin']>;

const streamText = (stream: Stream | undefined): string | undefined =>
  stream && `${stream.type ?? 'unknown'}${stream.peer === undefined ? '' : ` connected to ${stream.peer}`}`;

const executableText = (executable: Loose<Process>['executable']): ReactNode =>
  executable && (
    <>
      <code>{executable.path}</code>
      {executable.upperLayer && (
        <span className={styles['mark']}>not in the image: written while the container ran</span>
      )}
      {executable.memfd && <span className={styles['mark']}>run from memory: no file behind it</span>}
    </>
  );

const accessText = ({ read, write, created }: NonNullable<LooseProcessEvent['file']>): string =>
  [read && 'read', write && 'write', created && 'make anew'].filter(Boolean).join(', ');

const fileText = (file: LooseProcessEvent['file']): ReactNode =>
  file && (
    <>
      <code>{file.path}</code> to {accessText(file)}
    </>
  );

const processFacts = (process: Process, event: LooseProcessEvent): readonly Fact[] => [
  ['Opened file', fileText(event.file)],
  ['Executable', executableText(process.executable)],
  ['Arguments', process.argsCut ? 'cut: there were more than are shown' : undefined],
  [
    'User',
    process.uid === undefined
      ? undefined
      : `uid ${process.uid}${process.uid === 0 ? ' (root)' : ''}, gid ${process.gid}`,
  ],
  ['Working directory', process.cwd && <code>{process.cwd}</code>],
  ['Standard input', streamText(process.stdin)],
  ['Standard output', streamText(process.stdout)],
  ['Standard error', streamText(process.stderr)],
  ['Piped from', process.pipedFrom],
  ['Piped to', process.pipedTo],
  ['Terminal', process.tty ? `device ${process.tty}` : undefined],
  ['Capabilities', process.capabilities && <code>{process.capabilities}</code>],
  ['Container', event.container?.id && <code>{event.container.id.slice(0, 12)}</code>],
  ['Image', event.container?.image],
  ['Pod', event.pod?.name && `${event.pod.namespace}/${event.pod.name}`],
];

const AncestorLine = ({ ancestor }: { readonly ancestor: Ancestor }): ReactNode => (
  <div className={styles['line']}>
    <strong>{ancestor.name}</strong> <span className={styles['pid']}>{ancestor.pid}</span>
    <code className={styles['command']}>
      {ancestor.args?.length ? asCommand(ancestor.args as readonly string[]) : ancestor.path}
    </code>
  </div>
);

interface BranchProps {
  /** Farthest first. */
  readonly ancestors: readonly Ancestor[];
  readonly event: LooseProcessEvent;
}

const Branch = ({ ancestors, event }: BranchProps): ReactNode => {
  const [first, ...rest] = ancestors;
  const process = event.process ?? {};
  return (
    <ol className={styles['branch']}>
      <li>
        {first ? (
          <>
            <AncestorLine ancestor={first} />
            <Branch ancestors={rest} event={event} />
          </>
        ) : (
          <div className={styles['process']}>
            <div className={styles['line']}>
              <strong>{process.name}</strong> <span className={styles['pid']}>{process.pid}</span>
              <code className={styles['command']}>
                {asCommand((process.args ?? []) as readonly string[])}
              </code>
            </div>
            <Facts facts={processFacts(process, event)} />
          </div>
        )}
      </li>
    </ol>
  );
};

export const ProcessTree = ({ event }: { readonly event: LooseProcessEvent }): ReactNode => (
  <Section title="Process tree">
    <Branch ancestors={(event.ancestors ?? []).toReversed()} event={event} />
  </Section>
);
