using Pharos.Config;
using Pharos.Config.Yaml;

namespace Pharos.Rules.Files;

/// <summary>
/// Reads rule files: everything that is wrong with one is found at once, with its place. Usable from any thread.
/// </summary>
public static class RuleFileReader
{
    /// <summary>Reads a file that is there now.</summary>
    /// <param name="path">The file.</param>
    /// <param name="options">What it may have.</param>
    /// <param name="warnings">Takes what loads and yet may not be meant.</param>
    /// <exception cref="ConfigException">The file cannot be read or is refused.</exception>
    public static RuleFile Load(string path, RuleFileOptions options, ICollection<ConfigWarning>? warnings = null)
    {
        var diagnostics = new ConfigDiagnostics(path);
        RuleFile file = Read(YamlParser.ParseFile(path, diagnostics), diagnostics, options);
        diagnostics.ThrowIfErrors();
        foreach (ConfigWarning warning in diagnostics.Warnings)
        {
            warnings?.Add(warning);
        }

        return file;
    }

    /// <summary>Reads every file that a list of patterns names, each once, in the order of the patterns. A pattern that names none is no error.</summary>
    /// <param name="patterns">Absolute paths, wildcards in their last part.</param>
    /// <param name="options">What the files may have.</param>
    /// <param name="warnings">Takes what loads and yet may not be meant.</param>
    /// <exception cref="ConfigException">At least one file is refused; holds the errors of all.</exception>
    public static IReadOnlyList<RuleFile> LoadAll(IEnumerable<string> patterns, RuleFileOptions options, ICollection<ConfigWarning>? warnings = null)
    {
        var files = new List<RuleFile>();
        var errors = new List<ConfigError>();
        foreach (string path in patterns.SelectMany(PathGlob.Expand).Distinct(StringComparer.Ordinal))
        {
            try
            {
                files.Add(Load(path, options, warnings));
            }
            catch (ConfigException e)
            {
                errors.AddRange(e.Errors);
            }
        }

        return errors.Count == 0 ? files : throw new ConfigException(errors);
    }

    /// <summary>Reads the documents of a file; of several only the first one counts, as upstream has it. Errors go to the diagnostics.</summary>
    public static RuleFile Read(IReadOnlyList<YamlNode>? documents, ConfigDiagnostics diagnostics, RuleFileOptions options)
    {
        if (documents is null)
        {
            return new RuleFile(diagnostics.File, []);
        }

        foreach (YamlNode extra in documents.Skip(1))
        {
            diagnostics.Warn(extra.Position, "Multiple document yaml rules files are not supported, only the first document is processed");
        }

        var reader = new RuleGroupReader(diagnostics, options);
        IReadOnlyList<RuleGroupConfig>? groups = YamlMapping.Read(
            documents.Count > 0 ? documents[0] : null,
            "rulefmt.RuleGroups",
            new TextPosition(1, 1),
            diagnostics,
            reader.ReadGroups,
            out _);
        return new RuleFile(diagnostics.File, groups ?? []);
    }
}
