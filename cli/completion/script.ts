// Writes the completion script of a shell out of the command tree.
import type { Command } from 'commander';
import { type CommandWords, type OptionWord, treeWords } from './tree-words.ts';

export function completionScript(shell: 'bash' | 'zsh' | 'fish', root: Command): string {
  const tree = treeWords(root);
  switch (shell) {
    case 'bash':
      return bash(tree);
    case 'zsh':
      return zsh(tree);
    case 'fish':
      return fish(tree);
  }
}

/** In single quotes, for any of the three. */
const quoted = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;

/** Shell code that walks the words typed so far and leaves the command's path in `at`. */
function walk(tree: readonly CommandWords[]): string {
  const paths = tree.filter(({ path }) => path !== '').map(({ path }) => quoted(path));
  return `  local at='' word next
  for word in "\${typed[@]}"; do
    next="\${at:+$at }$word"
    case "$next" in
      ${paths.join('|')}) at=$next ;;
    esac
  done`;
}

/** What stands for an option's value: its choices, files, or nothing where only its user can know it. */
const valueCases = (tree: readonly CommandWords[], answer: (option: OptionWord) => string): string =>
  tree
    .flatMap(({ path, options }) =>
      options
        .filter(({ takesValue }) => takesValue)
        .map((option) => `    ${quoted(`${path} ${option.word}`)}) ${answer(option)} ;;`),
    )
    .join('\n');

const spoken = (each: CommandWords): string =>
  [...each.subcommands, ...each.options]
    .map(({ word }) => word)
    .concat(each.choices)
    .join(' ');

const bashValue = ({ choices, takesFiles }: OptionWord): string => {
  if (choices.length > 0)
    return `COMPREPLY=($(compgen -W ${quoted(choices.join(' '))} -- "$current")); return`;
  return takesFiles
    ? 'COMPREPLY=($(compgen -f -- "$current")); compopt -o filenames; return'
    : 'COMPREPLY=(); return';
};

const fileCommands = (tree: readonly CommandWords[]): string => {
  const paths = tree.filter(({ takesFiles }) => takesFiles).map(({ path }) => quoted(path));
  return paths.join('|');
};

function bash(tree: readonly CommandWords[]): string {
  return `# bash completion of yagura
_yagura() {
  local current=\${COMP_WORDS[COMP_CWORD]} before=\${COMP_WORDS[COMP_CWORD-1]}
  local typed=("\${COMP_WORDS[@]:1:COMP_CWORD-1}")
${walk(tree)}
  case "$at $before" in
${valueCases(tree, bashValue)}
  esac
  local words=''
  case "$at" in
${tree.map((each) => `    ${quoted(each.path)}) words=${quoted(spoken(each))} ;;`).join('\n')}
  esac
  COMPREPLY=($(compgen -W "$words" -- "$current"))
  [ \${#COMPREPLY[@]} -eq 0 ] || return
  case "$at" in
    ${fileCommands(tree)}) COMPREPLY=($(compgen -f -- "$current")); compopt -o filenames ;;
  esac
}
complete -F _yagura yagura
`;
}

const zshPair = (word: string, description: string): string =>
  quoted(`${word.replaceAll(':', '\\:')}:${description}`);

const zshValue = ({ choices, takesFiles }: OptionWord): string =>
  choices.length > 0
    ? `compadd -- ${choices.map(quoted).join(' ')}; return`
    : `${takesFiles ? '_files; ' : ''}return`;

function zsh(tree: readonly CommandWords[]): string {
  const described = (each: CommandWords): string =>
    [
      ...[...each.subcommands, ...each.options].map(({ word, description }) => zshPair(word, description)),
      ...each.choices.map((word) => zshPair(word, '')),
    ].join(' ');
  return `#compdef yagura
_yagura() {
  local -a typed found
  typed=("\${(@)words[2,CURRENT-1]}")
  local before=$words[CURRENT-1]
${walk(tree)}
  case "$at $before" in
${valueCases(tree, zshValue)}
  esac
  case "$at" in
${tree.map((each) => `    ${quoted(each.path)}) found=(${described(each)}) ;;`).join('\n')}
  esac
  _describe 'yagura' found && return
  case "$at" in
    ${fileCommands(tree)}) _files ;;
  esac
}
if [ "$funcstack[1]" = _yagura ]; then _yagura "$@"; else compdef _yagura yagura; fi
`;
}

function fish(tree: readonly CommandWords[]): string {
  const line = (each: CommandWords, rest: string): string =>
    `complete -c yagura -n ${quoted(`__yagura_at ${quoted(each.path)}`)} ${rest}`;
  const lines = tree.flatMap((each) => [
    ...(each.takesFiles ? [] : [line(each, '-f')]),
    ...each.subcommands.map(({ word, description }) => line(each, `-f -a ${word} -d ${quoted(description)}`)),
    ...each.choices.map((word) => line(each, `-f -a ${word}`)),
    ...each.options.map((option) =>
      line(
        each,
        [
          option.word.startsWith('--') ? `-l ${option.word.slice(2)}` : `-s ${option.word.slice(1)}`,
          ...(option.takesValue ? ['-r', ...(option.takesFiles ? ['-F'] : ['-f'])] : []),
          ...(option.choices.length > 0 ? ['-a', quoted(option.choices.join(' '))] : []),
          `-d ${quoted(option.description)}`,
        ].join(' '),
      ),
    ),
  ]);
  const paths = tree.filter(({ path }) => path !== '').map(({ path }) => quoted(path));
  return `# fish completion of yagura
function __yagura_at
    set -l at
    for word in (commandline -opc)[2..]
        set -l next (string join ' ' $at $word)
        contains -- "$next" ${paths.join(' ')}; and set at $at $word
    end
    test (string join ' ' $at) = "$argv[1]"
end
${lines.join('\n')}
`;
}
