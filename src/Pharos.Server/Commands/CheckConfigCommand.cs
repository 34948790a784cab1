using Pharos.Config;
using Pharos.Server.Configuration;
using Pharos.Server.Configuration.Files;

namespace Pharos.Server.Commands;

/// <summary><c>pharos check config FOLDER|FILE…</c>: says of each file what it is and what is wrong with it.</summary>
internal sealed class CheckConfigCommand(PrometheusConfigOptions? options = null)
{
    private readonly PrometheusConfigOptions _options = options ?? new PrometheusConfigOptions();

    /// <summary>Checks folders and files.</summary>
    /// <param name="args">Paths.</param>
    /// <param name="output">One line a file, and warnings.</param>
    /// <param name="error">Errors.</param>
    /// <returns>One of <see cref="ExitCode"/>.</returns>
    public async Task<int> RunAsync(IReadOnlyList<string> args, TextWriter output, TextWriter error)
    {
        if (args.Count == 0)
        {
            await error.WriteLineAsync("usage: pharos check config FOLDER|FILE...").ConfigureAwait(false);
            return ExitCode.Usage;
        }

        int errors = 0;
        foreach (string path in args)
        {
            errors += Directory.Exists(path)
                ? await CheckFolderAsync(ConfigFolder.Scan(path, _options), output, error).ConfigureAwait(false)
                : await CheckWithRuleFilesAsync(path, output, error).ConfigureAwait(false);
        }

        if (errors > 0)
        {
            await error.WriteLineAsync(errors == 1 ? "1 error" : $"{errors} errors").ConfigureAwait(false);
        }

        return errors == 0 ? ExitCode.Success : ExitCode.Failure;
    }

    // A configuration's rule files may lie anywhere, so a file that is checked alone brings them along.
    private async Task<int> CheckWithRuleFilesAsync(string path, TextWriter output, TextWriter error)
    {
        var checker = new ConfigFileChecker(_options);
        ConfigFile file = checker.Check(path, isNamed: true);
        int errors = await CheckFileAsync(file, path, output, error).ConfigureAwait(false);
        foreach (string rules in file.RulePatterns.SelectMany(PathGlob.Expand).Distinct(StringComparer.Ordinal))
        {
            errors += await CheckFileAsync(checker.Check(rules, isNamed: true), rules, output, error).ConfigureAwait(false);
        }

        return errors;
    }

    private static async Task<int> CheckFolderAsync(ConfigFolder folder, TextWriter output, TextWriter error)
    {
        foreach (ConfigFile file in folder.Files)
        {
            await CheckFileAsync(file, Path.GetRelativePath(folder.FolderPath, file.Path), output, TextWriter.Null).ConfigureAwait(false);
        }

        if (folder.Files.Count == 0)
        {
            await output.WriteLineAsync($"{folder.FolderPath}: no files").ConfigureAwait(false);
        }

        return await WriteErrorsAsync(folder.Errors, error).ConfigureAwait(false);
    }

    private static async Task<int> CheckFileAsync(ConfigFile file, string shownPath, TextWriter output, TextWriter error)
    {
        await output.WriteLineAsync($"{shownPath}: {Describe(file)}").ConfigureAwait(false);
        foreach (ConfigWarning warning in file.Warnings)
        {
            await output.WriteLineAsync($"  warning: {warning}").ConfigureAwait(false);
        }

        return await WriteErrorsAsync(file.Errors, error).ConfigureAwait(false);
    }

    private static string Describe(ConfigFile file)
    {
        string content = file.Content.Length == 0 ? "" : $" ({file.Content})";
        string state = file.Errors.Count > 0 ? file.Errors.Count == 1 ? ", 1 error" : $", {file.Errors.Count} errors" : "";
        string use = file.Kind is ConfigFileKind.None or ConfigFileKind.Unreadable || file.Kind.IsUsed() ? "" : ": recognised, not used yet";
        return $"{file.Kind.Describe()}{content}{use}{state}";
    }

    private static async Task<int> WriteErrorsAsync(IReadOnlyList<ConfigError> errors, TextWriter error)
    {
        foreach (ConfigError found in errors)
        {
            await error.WriteLineAsync($"error: {found}").ConfigureAwait(false);
        }

        return errors.Count;
    }
}
