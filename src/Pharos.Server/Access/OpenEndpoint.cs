namespace Pharos.Server.Access;

/// <summary>Marks an endpoint that everybody may call, see <see cref="EndpointPermissions.OpenToAll"/>.</summary>
internal sealed class OpenEndpoint
{
    public static OpenEndpoint Instance { get; } = new();
}
