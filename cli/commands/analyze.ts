// `yagura analyze FILE…`
import { Argument, Option } from 'commander';
import type { AnalyzeOptions } from '../analyze/analyze.ts';
import { type AddCommand, examples } from '../command.ts';
import { listsOption, rulesOption } from '../rules/folder-options.ts';

const severities = ['informational', 'low', 'medium', 'high', 'critical'];

export const addAnalyze: AddCommand = (parent, terminal) => {
  parent
    .command('analyze')
    .description('look through audit logs and recorded events; needs no hub and no database')
    .addArgument(
      new Argument(
        '<file...>',
        'audit logs as API servers, AKS, EKS and GKE hand them over, or recorded events, plain, gzip or zstd; - is standard input',
      ),
    )
    .option('--json', 'one alert a line on standard output, and nothing else there')
    .addOption(
      new Option(
        '--format <format>',
        'the same, as OCSF 1.7 Detection Findings, as JSON, or as a table',
      ).choices(['table', 'json', 'ocsf']),
    )
    .addOption(
      new Option('--fail-on <severity>', 'end with code 2 when an alert is this severe or more').choices(
        severities,
      ),
    )
    .option(...rulesOption)
    .option(...listsOption)
    .option('--no-builtin', 'leave out the rules that come with Yagura')
    .option('--cluster <name>', 'the cluster that the audit log is of, whatever its records say')
    .option('-q, --quiet', 'no progress and no summary')
    .addHelpText(
      'after',
      examples(
        'yagura analyze /var/log/kubernetes/audit.log',
        'yagura analyze --json --fail-on high audit-*.log.gz',
        'yagura analyze --format ocsf audit.log > findings.ndjson',
        'kubectl logs … | yagura analyze -',
        'gcloud logging read --format json --order asc \'protoPayload.serviceName="k8s.io"\' | yagura analyze -',
        'yagura analyze --cluster shop export/*.gz',
        'yagura analyze events.ndjson --rules ./my-rules',
      ),
    )
    .addHelpText(
      'after',
      '\nExit codes: 0 done, 1 a file could not be read to its end or there was no record in any, 2 an alert reached --fail-on.\nRecords that cannot be read are counted by reason and cost only themselves.',
    )
    .action(async (files: string[], options: AnalyzeOptions) => {
      const { analyze } = await import('../analyze/analyze.ts');
      terminal.setExitCode(await analyze(files, options, terminal));
    });
};
