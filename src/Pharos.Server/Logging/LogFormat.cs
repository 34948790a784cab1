namespace Pharos.Server.Logging;

/// <summary>The two forms of <c>--log.format</c>.</summary>
internal enum LogFormat
{
    Logfmt,
    Json,
}
