namespace Pharos.Server.Configuration.Files;

/// <summary>Files of jobs look like whole configurations: what one configuration names is part of it and no configuration of its own.</summary>
internal static class ScrapeJobFiles
{
    /// <summary>The same files, those that others name as jobs marked so. Their errors are said once, with the configuration that names them.</summary>
    public static List<ConfigFile> Reassign(List<ConfigFile> files)
    {
        HashSet<string> named = new(files.SelectMany(static f => f.ScrapeConfigFiles).Select(Path.GetFullPath), StringComparer.Ordinal);
        return files.ConvertAll(f => f.Kind == ConfigFileKind.Prometheus && named.Contains(Path.GetFullPath(f.Path))
            ? f with { Kind = ConfigFileKind.ScrapeConfigs, Errors = [], Warnings = [] }
            : f);
    }
}
