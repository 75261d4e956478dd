// Versions of a rule file: who, when, why, what changed since, and the way back.
import { useMutation, useQuery } from '@tanstack/react-query';
import { type RuleFileVersion, restoreRuleFile, type StoredRuleFile } from '@yagura/contracts';
import { type ReactNode, useState } from 'react';
import { call } from '../../api/client.ts';
import { ruleFileQuery, ruleFileVersionsQuery } from '../../api/queries.ts';
import { ActionButton } from '../../parts/action-button.tsx';
import { Problem } from '../../parts/problem.tsx';
import { Section } from '../../parts/section.tsx';
import { RelativeTime } from '../../parts/time.tsx';
import type { Refused } from '../../session/capabilities.ts';
import { lineDiff } from './line-diff.ts';
import styles from './page.module.css';

interface HistoryProps {
  readonly file: StoredRuleFile;
  readonly refused: Refused;
  readonly onRestored: (file: StoredRuleFile) => void;
}

const Difference = ({
  file,
  version,
}: {
  readonly file: StoredRuleFile;
  readonly version: number;
}): ReactNode => {
  const { data } = useQuery(ruleFileQuery(file.name, version));
  if (data === undefined) return null;
  const changes = lineDiff(data.text, file.text);
  if (changes.every(({ kind }) => kind === 'same')) return <p>The text is the same as now.</p>;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolled area must be reachable by keyboard
    <section className={styles['diff']} aria-label={`From version ${version} to now`} tabIndex={0}>
      {changes.map(({ kind, text }, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: lines have no other identity, and do not move
        <div key={index} data-kind={kind}>
          {kind === 'added' ? '+ ' : kind === 'removed' ? '− ' : '\u00a0 '}
          {text}
        </div>
      ))}
    </section>
  );
};

const Version = ({ item, ...props }: HistoryProps & { readonly item: RuleFileVersion }): ReactNode => {
  const { file, refused, onRestored } = props;
  const [isShown, setIsShown] = useState(false);
  const restore = useMutation({
    mutationFn: () =>
      call(restoreRuleFile, {
        params: { name: file.name },
        body: { version: item.version, ifVersion: file.version },
      }),
    onSuccess: onRestored,
  });
  const isNow = item.version === file.version;
  return (
    <li>
      <div className={styles['version']}>
        <strong>Version {item.version}</strong>
        <span>
          {item.author}, <RelativeTime value={item.savedAt} />
        </span>
        <span>{item.removed ? 'removed' : item.comment}</span>
        {!isNow && !item.removed && (
          <>
            <ActionButton
              label={isShown ? `Hide version ${item.version}` : `Compare version ${item.version}`}
              size="compact-xs"
              variant="default"
              refused={undefined}
              onClick={() => setIsShown(!isShown)}
            />
            <ActionButton
              label={`Restore version ${item.version}`}
              size="compact-xs"
              variant="default"
              loading={restore.isPending}
              refused={refused}
              onClick={() => restore.mutate()}
            />
          </>
        )}
      </div>
      <Problem error={restore.error} />
      {isShown && <Difference file={file} version={item.version} />}
    </li>
  );
};

export const History = (props: HistoryProps): ReactNode => {
  const { data } = useQuery(ruleFileVersionsQuery(props.file.name));
  return (
    <Section title="History">
      <ol className={styles['versions']}>
        {data?.items.map((item) => (
          <Version key={item.version} item={item} {...props} />
        ))}
      </ol>
    </Section>
  );
};
