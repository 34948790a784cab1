using System.Security.Cryptography;
using System.Text;
using Pharos.Alerting.Configuration;
using Pharos.Alerting.Templates;
using Pharos.Config;
using Pharos.Server.Configuration;

namespace Pharos.Server.Lifecycle;

/// <summary>A configuration with the Alertmanager's: that of the flag, else that of the folder, else what is built in. Any error in it refuses the whole.</summary>
internal sealed class AlertmanagerSource : IConfigSource
{
    private readonly IConfigSource _inner;
    private readonly string? _file;

    /// <param name="inner">The configuration itself.</param>
    /// <param name="file">The file of <c>--alertmanager.config.file</c>; null when it is not given.</param>
    public AlertmanagerSource(IConfigSource inner, string? file)
    {
        _inner = inner;
        _file = file;
    }

    public string Name => _inner.Name;

    public IReadOnlyList<string> Files(PrometheusConfig current) =>
        current.Alertmanager.Path.Length == 0 ? _inner.Files(current) : [.. _inner.Files(current).Concat(FilesOf(current.Alertmanager)).Distinct(StringComparer.Ordinal)];

    public PrometheusConfig Load()
    {
        PrometheusConfig config = _inner.Load();
        if ((_file ?? config.AlertmanagerFileOfFolder) is not { } path)
        {
            return config;
        }

        var warnings = new List<ConfigWarning>();
        AlertmanagerFile file = AlertmanagerFileReader.Load(path, options: null, warnings);
        _ = NotificationTemplates.Load(file.Templates, externalUrl: "");
        return config with { Alertmanager = file, AlertmanagerFingerprint = Fingerprint(file), Warnings = [.. config.Warnings, .. warnings] };
    }

    private static IEnumerable<string> FilesOf(AlertmanagerFile file) => file.Templates.SelectMany(PathGlob.Expand).Prepend(file.Path);

    private static string Fingerprint(AlertmanagerFile file)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (string path in FilesOf(file))
        {
            hash.AppendData(Encoding.UTF8.GetBytes(path + "\n"));
            try
            {
                hash.AppendData(SHA256.HashData(File.ReadAllBytes(path)));
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                // It was there a moment ago; whoever uses it says so.
                hash.AppendData("unreadable"u8);
            }
        }

        return Convert.ToHexString(hash.GetHashAndReset());
    }
}
