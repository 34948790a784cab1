using System.Text;
using Pharos.Config;
using Pharos.Config.Yaml;
using Pharos.Server.Configuration;
using Pharos.Server.Configuration.Files;

namespace Pharos.Server.Lifecycle;

/// <summary>
/// Keeps the texts of the files that run, without their secrets, since the files themselves may have changed by the time somebody looks. Stands behind the parts
/// that take the configuration up. Thread-safe.
/// </summary>
internal sealed class LoadedFiles : IConfigured
{
    private const int MaxFiles = 200;
    private const long MaxFileBytes = 512 * 1024;
    private const long MaxBytes = 8 * 1024 * 1024;

    private readonly IConfigSource _source;
    private volatile IReadOnlyList<LoadedFile> _current = [];
    private volatile IReadOnlyList<string> _paths = [];

    public LoadedFiles(IConfigSource source)
    {
        _source = source;
    }

    public string Name => "texts";

    /// <summary>In the order in which they were read; at most 200 files and 8 MiB.</summary>
    public IReadOnlyList<LoadedFile> Current => _current;

    /// <summary>Where the files of the configuration that runs lie, all of them.</summary>
    public IReadOnlyList<string> Paths => _paths;

    public Task ApplyAsync(PrometheusConfig config, CancellationToken cancellationToken)
    {
        var files = new List<LoadedFile>();
        long room = MaxBytes;
        string[] paths = [.. _source.Files(config).Distinct(StringComparer.Ordinal)];
        foreach (string path in paths.Take(MaxFiles))
        {
            LoadedFile file = Read(path, Math.Min(room, MaxFileBytes));
            room -= file.Text.Length;
            if (file.Kind is not (ConfigFileKind.None or ConfigFileKind.Dashboard or ConfigFileKind.Manifest))
            {
                files.Add(file);
            }
        }

        _current = files;
        _paths = paths;
        return Task.CompletedTask;
    }

    private static LoadedFile Read(string path, long maxBytes)
    {
        try
        {
            if (new FileInfo(path).Length > maxBytes)
            {
                return new LoadedFile(path, ConfigFileKind.Unreadable, "# Too long to be shown here.\n");
            }

            string text = Encoding.UTF8.GetString(File.ReadAllBytes(path));
            IReadOnlyList<YamlNode>? documents = YamlParser.ParseText(text, new ConfigDiagnostics(path));
            return documents is null
                ? new LoadedFile(path, ConfigFileKind.Unreadable, "# It cannot be parsed: what of it is secret is not known, and nothing is shown.\n")
                : new LoadedFile(path, ConfigFileRecogniser.Recognise(documents), SecretText.Hide(text, documents));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return new LoadedFile(path, ConfigFileKind.Unreadable, $"# {exception.Message}\n");
        }
    }
}
