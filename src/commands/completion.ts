import { z } from 'zod';
import { defineCommand } from './define-command.ts';

const scripts = {
  bash: `_berth() {
  local IFS=$'\\n'
  COMPREPLY=($(compgen -W "$(berth --complete "\${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null)" -- "\${COMP_WORDS[COMP_CWORD]}"))
}
complete -o default -F _berth berth`,
  zsh: `#compdef berth
_berth() {
  local -a words_here
  words_here=("\${(@f)$(berth --complete "\${(@)words[2,CURRENT]}" 2>/dev/null)}")
  compadd -a words_here || _files
}
compdef _berth berth`,
};

export const completionCommand = defineCommand({
  name: 'completion',
  summary: 'Print the completion script of your shell',
  examples: [
    { command: 'berth completion bash >> ~/.bashrc', what: 'complete commands and options in bash' },
    { command: 'berth completion zsh >> ~/.zshrc', what: 'the same in zsh, after compinit' },
  ],
  effect: 'reads',
  terminalOnly: true,
  positionals: ['shell'],
  options: z.object({ shell: z.enum(['bash', 'zsh']).describe('The shell that the script is for') }),
  run: async ({ shell }) => ({ shell, script: scripts[shell] }),
  toText: ({ script }) => script,
});
