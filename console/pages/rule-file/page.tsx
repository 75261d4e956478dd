// One rule file of the hub: edit, check, save, compare with earlier versions.
import { useQuery, useQueryClient, useSuspenseQuery } from '@tanstack/react-query';
import { useLocation, useParams, useRouter } from '@tanstack/react-router';
import type { HubRule, StoredRuleFile } from '@yagura/contracts';
import type { ReactNode } from 'react';
import { ruleFileQuery, ruleQuery, sessionQuery } from '../../api/queries.ts';
import { AppLink } from '../../app/app-link.tsx';
import { newRuleFile, urls } from '../../app/urls.ts';
import { ErrorState } from '../../parts/error-state.tsx';
import { PageTitle } from '../../parts/page-title.tsx';
import { SkeletonLines } from '../../parts/skeleton-lines.tsx';
import { refusedToWriteRules } from '../../session/capabilities.ts';
import { Editor, type FileStart } from './editor.tsx';
import { History } from './history.tsx';
import styles from './page.module.css';

const template = `- rule: What happened
  id: my-rule
  title: What happened
  desc: One sentence.
  condition: ka.verb = delete and ka.target.resource = secrets
  output: "%ka.user.name deleted secret %ka.target.name"
  source: k8s_audit
  priority: WARNING
`;

const emptyStart: FileStart = { name: '', version: 0, text: template, tests: '', overrides: [] };

/** An item of a rule file, from the rule's own lines. */
const overrideStart = (rule: HubRule): FileStart => ({
  ...{ name: rule.id, version: 0, tests: '', overrides: [rule.id] },
  text: `${rule.text
    .trimEnd()
    .split('\n')
    .map((line, index) => (index === 0 ? '- ' : '  ') + line)
    .join('\n')}\n`,
});

const startOf = ({ name, version, text, tests = '', overrides }: StoredRuleFile): FileStart => ({
  ...{ name, version, text, tests, overrides },
});

const Known = ({ name }: { readonly name: string }): ReactNode => {
  const query = useQuery(ruleFileQuery(name));
  if (query.isPending) return <SkeletonLines what="the rule file" lines={10} />;
  if (query.data === undefined)
    return <ErrorState what="The rule file" error={query.error} onRetry={() => void query.refetch()} />;
  return <Body start={startOf(query.data)} file={query.data} />;
};

const Override = ({ id }: { readonly id: string }): ReactNode => {
  const query = useQuery(ruleQuery(id));
  if (query.isPending) return <SkeletonLines what="the rule" lines={10} />;
  if (query.data === undefined)
    return <ErrorState what="The rule" error={query.error} onRetry={() => void query.refetch()} />;
  return <Body start={overrideStart(query.data)} />;
};

const Body = ({ start, file }: { readonly start: FileStart; readonly file?: StoredRuleFile }): ReactNode => {
  const { data: session } = useSuspenseQuery(sessionQuery);
  const client = useQueryClient();
  const router = useRouter();
  const refused = refusedToWriteRules(session);
  const show = (saved: StoredRuleFile): void => {
    client.setQueryData(ruleFileQuery(saved.name).queryKey, saved);
    void client.invalidateQueries({ queryKey: ['rule-file-versions', saved.name] });
    void client.invalidateQueries({ queryKey: ['rules'] });
    void client.invalidateQueries({ queryKey: ['rule'] });
    void router.navigate({ href: urls.ruleFile(saved.name), replace: true });
  };
  return (
    <div className={styles['page']}>
      {/* A new version begins a new form. */}
      <Editor key={`${start.name} ${start.version}`} start={start} refused={refused} onSaved={show} />
      {file && <History file={file} refused={refused} onRestored={show} />}
    </div>
  );
};

export const View = (): ReactNode => {
  const { name = '' } = useParams({ strict: false }) as { name?: string };
  const { override } = useLocation().search as { override?: string };
  const isNew = name === newRuleFile;
  return (
    <article>
      <PageTitle
        title={isNew ? 'New rule file' : `Rule file ${name}`}
        above={<AppLink href={urls.rules()}>Rules</AppLink>}
      />
      {override !== undefined && <Override id={override} />}
      {override === undefined && (isNew ? <Body start={emptyStart} /> : <Known name={name} />)}
    </article>
  );
};
