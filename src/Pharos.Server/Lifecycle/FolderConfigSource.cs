using Pharos.Config;
using Pharos.Server.Configuration;
using Pharos.Server.Configuration.Files;

namespace Pharos.Server.Lifecycle;

/// <summary>
/// <c>pharos serve FOLDER</c>: the Prometheus configuration in it, and the built-in one where there is none; and every rule file in it, whether that
/// configuration names it or not. Any error in any file refuses the whole.
/// </summary>
internal sealed class FolderConfigSource : IConfigSource
{
    private readonly IConfigSource _builtIn;

    /// <param name="path">The folder.</param>
    /// <param name="builtIn">What serves when the folder has no Prometheus configuration.</param>
    public FolderConfigSource(string path, IConfigSource builtIn)
    {
        Name = path;
        _builtIn = builtIn;
    }

    public string Name { get; }

    public IReadOnlyList<string> Files(PrometheusConfig current) => [.. ConfigFolder.Scan(Name).Files.Select(static file => file.Path)];

    public PrometheusConfig Load()
    {
        ConfigFolder folder = ConfigFolder.Scan(Name);

        // A broken dashboard is shown as one and keeps nobody from measuring.
        List<ConfigError> errors = [.. folder.Errors.Except(folder.Files.Where(static file => file.Kind == ConfigFileKind.Dashboard).SelectMany(static file => file.Errors))];
        if (errors.Count > 0)
        {
            throw new ConfigException(errors);
        }

        PrometheusConfig config = folder.PrometheusConfigFile is { } file ? PrometheusConfigReader.Load(file) : _builtIn.Load();
        ConfigWarning[] notUsed =
        [
            .. folder.Files.Where(static file => !file.Kind.IsUsed() && file.Kind is not (ConfigFileKind.None or ConfigFileKind.Unreadable))
                .Select(static file => new ConfigWarning(file.Path, 0, 0, $"{file.Kind.Describe()}: recognised, not used yet")),
        ];
        IEnumerable<string> rules = folder.RuleFiles.Select(Path.GetFullPath);
        return config with
        {
            RuleFiles = [.. config.RuleFiles.Concat(rules).Distinct(StringComparer.Ordinal)],
            AlertmanagerFileOfFolder = folder.AlertmanagerConfigFile,
            Warnings = [.. config.Warnings, .. notUsed],
        };
    }
}
