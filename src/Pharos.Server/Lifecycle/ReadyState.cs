namespace Pharos.Server.Lifecycle;

/// <summary>How far the server is.</summary>
internal enum ReadyState
{
    Starting,
    Ready,
    Stopping,
}
