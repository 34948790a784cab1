using Pharos.Config.Yaml;
using Pharos.Dashboards.Library;
using Pharos.Server.Configuration.Files;

namespace Pharos.Server.Dashboards;

/// <summary>A file that has to do with dashboards, or an error about one.</summary>
/// <param name="Name">The file; within a manifest with the ConfigMap and key.</param>
/// <param name="Path">The file on disk.</param>
/// <param name="Kind">A dashboard, data sources, or providers.</param>
internal sealed record FoundFile(string Name, string Path, ConfigFileKind Kind)
{
    /// <summary>Only of dashboards.</summary>
    public ReadOnlyMemory<byte> Json { get; init; }

    /// <summary>Only of provisioning files.</summary>
    public YamlNode? Root { get; init; }

    /// <summary>The folder that a ConfigMap asks for; empty for none.</summary>
    public string Folder { get; init; } = "";

    /// <summary>Whether it stands within a ConfigMap.</summary>
    public bool IsInManifest { get; init; }

    public DateTimeOffset Modified { get; init; }

    /// <summary>Null for a file that can be used.</summary>
    public LibraryError? Error { get; init; }
}
