using System.Text;
using Pharos.Config;
using Pharos.Config.Yaml;
using Pharos.Core.Labels;
using Pharos.Rules.Files;
using Pharos.Server.Flags;

namespace Pharos.Server.Commands;

/// <summary><c>pharos check rules [FLAGS] [FILE…]</c>: checks rule files, or standard input, and says what promtool says.</summary>
internal sealed class CheckRulesCommand
{
    public const string Usage = "usage: pharos check rules [--lint=duplicate-rules|all|none] [--lint-fatal] [--ignore-unknown-fields] [FILE...]";

    // As promtool: the files load, and yet something is to be looked at.
    private const int LintExitCode = 3;

    private static readonly FlagCatalog Flags = new(
    [
        new FlagDefinition("lint", FlagKind.Text, "duplicate-rules", ""),
        new FlagDefinition("lint-fatal", FlagKind.Switch, "false", ""),
        new FlagDefinition("ignore-unknown-fields", FlagKind.Switch, "false", ""),
    ]);

    /// <summary>Checks files, or standard input where none is named.</summary>
    /// <returns>One of <see cref="ExitCode"/>, or 3 for what <c>--lint-fatal</c> makes fatal.</returns>
    public async Task<int> RunAsync(IReadOnlyList<string> args, CommandIo io, CancellationToken cancellationToken)
    {
        FlagValues flags;
        IReadOnlyList<string> files;
        try
        {
            (flags, files) = FlagParser.Parse(Flags, args);
        }
        catch (FlagException exception)
        {
            await io.Error.WriteLineAsync($"pharos check rules: {exception.Message}\n{Usage}").ConfigureAwait(false);
            return ExitCode.Usage;
        }

        bool lints = await LintsDuplicatesAsync(flags.Get("lint"), io.Out).ConfigureAwait(false);
        var options = new RuleFileOptions { IgnoreUnknownFields = flags.IsOn("ignore-unknown-fields") };
        int refused = 0;
        int linted = 0;
        foreach (string? path in files.Count == 0 ? [null] : files.ToArray<string?>())
        {
            await io.Out.WriteLineAsync(path is null ? "Checking standard input" : $"Checking {path}").ConfigureAwait(false);
            try
            {
                RuleFile file = path is null
                    ? ReadText(await io.In.ReadToEndAsync(cancellationToken).ConfigureAwait(false), options)
                    : RuleFileReader.Load(path, options);
                linted += await ReportAsync(file, lints, io).ConfigureAwait(false) ? 0 : 1;
            }
            catch (ConfigException exception)
            {
                refused++;
                await io.Error.WriteLineAsync("  FAILED:\n" + string.Join('\n', exception.Errors)).ConfigureAwait(false);
            }

            await io.Out.WriteLineAsync().ConfigureAwait(false);
        }

        return refused > 0 ? ExitCode.Failure : linted > 0 && flags.IsOn("lint-fatal") ? LintExitCode : ExitCode.Success;
    }

    private static RuleFile ReadText(string text, RuleFileOptions options)
    {
        var diagnostics = new ConfigDiagnostics("standard input");
        RuleFile file = RuleFileReader.Read(YamlParser.ParseText(text, diagnostics), diagnostics, options);
        diagnostics.ThrowIfErrors();
        return file;
    }

    private static async Task<bool> LintsDuplicatesAsync(string setting, TextWriter output)
    {
        bool lints = false;
        foreach (string option in setting.Split(','))
        {
            switch (option)
            {
                case "all" or "duplicate-rules":
                    lints = true;
                    break;
                case "none":
                    return false;
                default:
                    await output.WriteLineAsync($"WARNING: unknown lint option: {GoQuote.Quote(option)}").ConfigureAwait(false);
                    break;
            }
        }

        return lints;
    }

    // False when there is something to look at.
    private static async Task<bool> ReportAsync(RuleFile file, bool lints, CommandIo io)
    {
        IReadOnlyList<(string Name, IReadOnlyList<Label> Labels)> duplicates = lints ? DuplicateRules.Find(file) : [];
        if (duplicates.Count == 0)
        {
            await io.Out.WriteLineAsync($"  SUCCESS: {file.RuleCount} rules found").ConfigureAwait(false);
            return true;
        }

        var text = new StringBuilder($"  FAILED:\nlint error {duplicates.Count} duplicate rule(s) found.\n");
        foreach ((string name, IReadOnlyList<Label> labels) in duplicates)
        {
            text.Append("Metric: ").Append(name).Append("\nLabel(s):\n");
            foreach (Label label in labels)
            {
                text.Append('\t').Append(label.Name).Append(": ").Append(label.Value).Append('\n');
            }
        }

        await io.Error.WriteLineAsync(text.Append("Might cause inconsistency while recording expressions").ToString()).ConfigureAwait(false);
        return false;
    }
}
