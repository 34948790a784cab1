using Pharos.Config;

namespace Pharos.Server.Configuration.Files;

/// <summary>A folder of configuration, as <c>pharos serve FOLDER</c> takes it: every file in it and below, recognised by its content.</summary>
internal sealed class ConfigFolder
{
    private ConfigFolder(string path, IReadOnlyList<ConfigFile> files, IReadOnlyList<ConfigError> errors)
    {
        FolderPath = path;
        Files = files;
        Errors = [.. errors, .. files.SelectMany(static f => f.Errors)];
    }

    /// <summary>The folder as it was given.</summary>
    public string FolderPath { get; }

    /// <summary>Every file, sorted by path.</summary>
    public IReadOnlyList<ConfigFile> Files { get; }

    /// <summary>Everything that is wrong in the folder.</summary>
    public IReadOnlyList<ConfigError> Errors { get; }

    /// <summary>The Prometheus configuration; null when there is none: then the built-in one serves.</summary>
    public string? PrometheusConfigFile => Find(ConfigFileKind.Prometheus).FirstOrDefault();

    /// <summary>The web configuration; null when there is none.</summary>
    public string? WebConfigFile => Find(ConfigFileKind.WebConfig).FirstOrDefault();

    /// <summary>The Alertmanager configuration; null when there is none.</summary>
    public string? AlertmanagerConfigFile => Find(ConfigFileKind.Alertmanager).FirstOrDefault();

    /// <summary>Every rule file, whether the Prometheus configuration names it or not.</summary>
    public IReadOnlyList<string> RuleFiles => [.. Find(ConfigFileKind.Rules)];

    /// <summary>Looks at every file that <see cref="FolderFiles"/> finds.</summary>
    public static ConfigFolder Scan(string folder, PrometheusConfigOptions? options = null)
    {
        var errors = new List<ConfigError>();
        List<string> paths = FolderFiles.Find(folder, static _ => true, (at, error) => errors.Add(Describe(at, error)));
        var checker = new ConfigFileChecker(options ?? new PrometheusConfigOptions());
        List<ConfigFile> files = ScrapeJobFiles.Reassign(paths.ConvertAll(path => checker.Check(path)));
        RefuseSecond(files, ConfigFileKind.Prometheus, errors);
        RefuseSecond(files, ConfigFileKind.WebConfig, errors);
        RefuseSecond(files, ConfigFileKind.Alertmanager, errors);
        return new ConfigFolder(folder, files, errors);
    }

    private static ConfigError Describe(string folder, Exception? error) => error is null
        ? new ConfigError(folder, 0, 0, "too many files", null, $"at most {FolderFiles.MaxFiles}")
        : new ConfigError(folder, 0, 0, error is DirectoryNotFoundException ? "no such file or directory" : error.Message, null, "a folder that can be read");

    private static void RefuseSecond(List<ConfigFile> files, ConfigFileKind kind, List<ConfigError> errors)
    {
        List<ConfigFile> found = files.FindAll(f => f.Kind == kind);
        foreach (ConfigFile extra in found.Skip(1))
        {
            errors.Add(new ConfigError(extra.Path, 0, 0, $"a second {kind.Describe()}: the first is {found[0].Path}", null, "one in the folder"));
        }
    }

    private IEnumerable<string> Find(ConfigFileKind kind) => Files.Where(f => f.Kind == kind).Select(static f => f.Path);
}
