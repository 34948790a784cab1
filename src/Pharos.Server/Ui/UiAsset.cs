using System.Reflection;
using System.Security.Cryptography;

namespace Pharos.Server.Ui;

/// <summary>One file of the pages, as it is and compressed, read from the assembly each time: its pages are the file's own, so nothing is held twice.</summary>
internal sealed class UiAsset
{
    private const int TagBytes = 12;

    private readonly Assembly _assembly;
    private readonly string _resource;
    private readonly Lazy<string> _tag;

    public UiAsset(Assembly assembly, string resource, string contentType, bool isImmutable, bool hasBrotli, bool hasGzip)
    {
        _assembly = assembly;
        _resource = resource;
        ContentType = contentType;
        IsImmutable = isImmutable;
        HasBrotli = hasBrotli;
        HasGzip = hasGzip;
        _tag = new Lazy<string>(MakeTag);
    }

    public string ContentType { get; }

    /// <summary>Its name has a hash of its content, so it never changes.</summary>
    public bool IsImmutable { get; }

    public bool HasBrotli { get; }

    public bool HasGzip { get; }

    public bool HasVariants => HasBrotli || HasGzip;

    /// <param name="encoding">One of those it has, or <see cref="ContentEncoding.None"/>.</param>
    public Stream Open(ContentEncoding encoding)
        => _assembly.GetManifestResourceStream(_resource + encoding.FileSuffix())
            ?? throw new InvalidOperationException($"the assembly has no resource {_resource}{encoding.FileSuffix()}");

    /// <summary>The entity tag of one form of the content, with its quotes.</summary>
    public string Tag(ContentEncoding encoding) => $"\"{_tag.Value}{encoding.FileSuffix().Replace('.', '-')}\"";

    private string MakeTag()
    {
        using Stream content = Open(ContentEncoding.None);
        return Convert.ToHexStringLower(SHA256.HashData(content).AsSpan(0, TagBytes));
    }
}
