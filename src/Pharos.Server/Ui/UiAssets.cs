using System.Reflection;

namespace Pharos.Server.Ui;

/// <summary>The files of the pages that are in the assembly: none when it was built without them.</summary>
internal sealed class UiAssets
{
    /// <summary>What the resources' names begin with; see the project file.</summary>
    private const string Prefix = "web/";

    private const string Index = "/index.html";

    private readonly Dictionary<string, UiAsset> _assets = new(StringComparer.Ordinal);

    public UiAssets(Assembly assembly)
    {
        HashSet<string> names = [.. assembly.GetManifestResourceNames().Where(static name => name.StartsWith(Prefix, StringComparison.Ordinal))];
        foreach (string name in names)
        {
            if (ContentTypeOf(name) is { } contentType)
            {
                string path = name[(Prefix.Length - 1)..];
                bool isImmutable = path.StartsWith("/assets/", StringComparison.Ordinal);
                _assets.Add(path, new UiAsset(assembly, name, contentType, isImmutable, names.Contains(name + ".br"), names.Contains(name + ".gz")));
            }
        }
    }

    /// <summary>The page that all addresses of the UI show, or null when there are no pages.</summary>
    public UiAsset? IndexPage => _assets.GetValueOrDefault(Index);

    /// <param name="path">As in the address, with a slash before it.</param>
    public UiAsset? Find(string path) => path == Index ? null : _assets.GetValueOrDefault(path);

    private static string? ContentTypeOf(string name) => Path.GetExtension(name) switch
    {
        ".html" => "text/html; charset=utf-8",
        ".js" => "text/javascript; charset=utf-8",
        ".css" => "text/css; charset=utf-8",
        ".svg" => "image/svg+xml",
        ".png" => "image/png",
        ".woff2" => "font/woff2",
        ".json" => "application/json",
        ".txt" => "text/plain; charset=utf-8",
        _ => null,
    };
}
