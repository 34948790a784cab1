namespace Pharos.Server.Options;

/// <summary>The values of <c>--web.auth</c>.</summary>
internal enum AuthMode
{
    Required,
    None,
}
