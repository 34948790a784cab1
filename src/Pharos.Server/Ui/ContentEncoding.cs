namespace Pharos.Server.Ui;

/// <summary>How a file was compressed when the pages were built.</summary>
internal enum ContentEncoding
{
    None,
    Brotli,
    Gzip,
}
