package main

import (
	"errors"
	"fmt"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// newRoot builds the command tree. Everything a user reads is Dutch, so cobra's own English texts are replaced here.
func newRoot() *cobra.Command {
	root := &cobra.Command{
		Use:   "inkooptoets",
		Short: "Toetst inkoopdocumenten voor Wmo en jeugdhulp aan de wettelijke kwaliteitseisen",
		Long: `Inkooptoets leest de documenten van een inkoop (leidraad, programma van eisen, overeenkomst, bijlagen)
en zegt per wettelijke eis of die erin staat, waar dat staat en wat er nog ontbreekt.
Het programma werkt zonder internet: de documenten blijven op deze computer.`,
		Example: `  inkooptoets check map/met/documenten
  inkooptoets check leidraad.docx -f markdown=rapport.md
  inkooptoets explain wmo-3.5-vog`,
		SilenceErrors: true,
		SilenceUsage:  true,
		Args:          noSuchCommand,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if asked, err := cmd.Flags().GetBool("version"); err != nil || asked {
				return errors.Join(err, printVersion(cmd.OutOrStdout()))
			}
			return cmd.Help()
		},
	}
	root.PersistentFlags().BoolP("help", "h", false, "toon deze hulp")
	root.Flags().BoolP("version", "v", false, "toon de versie")
	cobra.AddTemplateFunc("standaard", func(s string) string { return strings.ReplaceAll(s, "(default ", "(standaard ") })
	root.SetUsageTemplate(usage)
	root.SetHelpTemplate("{{with (or .Long .Short)}}{{. | trimTrailingWhitespaces}}\n\n{{end}}{{.UsageString}}")
	root.SetFlagErrorFunc(func(cmd *cobra.Command, err error) error { return flagError(cmd, err) })
	root.CompletionOptions.DisableDefaultCmd = true
	root.AddCommand(newCheck(), newExplain(), newRules(), newRender(), newMerge(), newText(), newEval(), newBaseline(), newDiff(), newCompare(), newSearch(), newInit(), newSchema(), newVersion(), newCompletion(), newWorker())
	root.SetHelpCommand(newHelp(root))
	for _, cmd := range tree(root) {
		cmd.DisableFlagsInUseLine = true // cobra adds "[flags]"; the template says it in Dutch
		cmd.SuggestionsMinimumDistance = 2
	}
	return root
}

// tree lists a command and all below it.
func tree(cmd *cobra.Command) []*cobra.Command {
	all := []*cobra.Command{cmd}
	for _, sub := range cmd.Commands() {
		all = append(all, tree(sub)...)
	}
	return all
}

// usage is cobra's own template with Dutch headings.
const usage = `Gebruik:{{if .HasAvailableSubCommands}}
  {{.CommandPath}} OPDRACHT [vlaggen]{{else}}
  {{.UseLine}}{{if .HasAvailableFlags}} [vlaggen]{{end}}{{end}}{{if .Aliases}}

Ook te roepen als:
  {{.NameAndAliases}}{{end}}{{if .HasExample}}

Voorbeelden:
{{.Example}}{{end}}{{if .HasAvailableSubCommands}}

Opdrachten:{{range .Commands}}{{if .IsAvailableCommand}}
  {{rpad .Name .NamePadding}} {{.Short}}{{end}}{{end}}{{end}}{{if .HasAvailableLocalFlags}}

Vlaggen:
{{.LocalFlags.FlagUsages | standaard | trimTrailingWhitespaces}}{{end}}{{if .HasAvailableSubCommands}}

Meer over een opdracht: {{.CommandPath}} OPDRACHT --help{{end}}
`

// noSuchCommand is what remains when the first word is not a command.
func noSuchCommand(cmd *cobra.Command, args []string) error {
	if len(args) == 0 {
		return nil
	}
	return fmt.Errorf("onbekende opdracht %q voor %q%s; alle opdrachten: %s --help", args[0], cmd.CommandPath(), didYouMean(cmd.SuggestionsFor(args[0])), cmd.CommandPath())
}

func didYouMean(names []string) string {
	if len(names) == 0 {
		return ""
	}
	return fmt.Sprintf(" (bedoelt u %s?)", strings.Join(names, " of "))
}

// flagError tells in Dutch what pflag tells in English.
func flagError(cmd *cobra.Command, err error) error {
	more := "; alle vlaggen: " + cmd.CommandPath() + " --help"
	if e, ok := errors.AsType[*pflag.NotExistError](err); ok {
		name := "--" + e.GetSpecifiedName()
		if e.GetSpecifiedShortnames() != "" {
			name = "-" + e.GetSpecifiedName()
		}
		return fmt.Errorf("onbekende vlag %s%s", name, more)
	}
	if e, ok := errors.AsType[*pflag.ValueRequiredError](err); ok {
		return fmt.Errorf("vlag --%s heeft een waarde nodig%s", e.GetFlag().Name, more)
	}
	if e, ok := errors.AsType[*pflag.InvalidValueError](err); ok {
		return fmt.Errorf("waarde %q past niet bij vlag --%s (%s)%s", e.GetValue(), e.GetFlag().Name, kindOf(e.GetFlag().Value.Type()), more)
	}
	if e, ok := errors.AsType[*pflag.InvalidSyntaxError](err); ok {
		return fmt.Errorf("vlag %s is niet te lezen%s", e.GetSpecifiedFlag(), more)
	}
	return err
}

func kindOf(flagType string) string {
	switch flagType {
	case "jobs":
		return "een heel getal, minstens 1"
	case "int":
		return "een heel getal"
	case "duration":
		return "een tijd, zoals 90s of 2m"
	case "bool":
		return "true of false"
	default:
		return flagType
	}
}

// atLeast asks for n arguments or more; what names them in the message.
func atLeast(n int, what string) cobra.PositionalArgs {
	return func(cmd *cobra.Command, args []string) error {
		if len(args) >= n {
			return nil
		}
		return fmt.Errorf("geef %s op: %s", what, cmd.UseLine())
	}
}

// exactly asks for n arguments.
func exactly(n int, what string) cobra.PositionalArgs {
	return func(cmd *cobra.Command, args []string) error {
		if len(args) > n {
			return fmt.Errorf("te veel opgegeven: %q hoort er niet bij; gebruik: %s", args[n], cmd.UseLine())
		}
		return atLeast(n, what)(cmd, args)
	}
}

func newHelp(root *cobra.Command) *cobra.Command {
	return &cobra.Command{
		Use:   "help [OPDRACHT]",
		Short: "Toont hulp bij een opdracht",
		RunE: func(_ *cobra.Command, args []string) error {
			cmd, rest, err := root.Find(args)
			if err != nil || len(rest) > 0 {
				return noSuchCommand(root, args)
			}
			return cmd.Help()
		},
	}
}

func newCompletion() *cobra.Command {
	shells := []string{"bash", "zsh", "fish", "powershell"}
	return &cobra.Command{
		Use:       "completion SHELL",
		Short:     "Schrijft een script dat opdrachten aanvult (bash, zsh, fish, powershell)",
		Example:   "  inkooptoets completion bash > /etc/bash_completion.d/inkooptoets",
		ValidArgs: shells,
		Args:      exactly(1, "een shell ("+strings.Join(shells, ", ")+")"),
		RunE: func(cmd *cobra.Command, args []string) error {
			root, out := cmd.Root(), cmd.OutOrStdout()
			switch args[0] {
			case "bash":
				return root.GenBashCompletionV2(out, true)
			case "zsh":
				return root.GenZshCompletion(out)
			case "fish":
				return root.GenFishCompletion(out, true)
			case "powershell":
				return root.GenPowerShellCompletionWithDesc(out)
			}
			return fmt.Errorf("onbekende shell %q (kies uit %s)", args[0], strings.Join(shells, ", "))
		},
	}
}
