using Pharos.Core.Contracts;

namespace Pharos.Server.Access;

/// <summary>Says at an endpoint, or at a group of them, who may call it.</summary>
internal static class EndpointPermissions
{
    /// <summary>The innermost one counts. <see cref="Permissions.None"/> would lock the endpoint and is refused.</summary>
    public static TBuilder RequirePermission<TBuilder>(this TBuilder builder, Permissions needed)
        where TBuilder : IEndpointConventionBuilder
    {
        ArgumentOutOfRangeException.ThrowIfEqual(needed, Permissions.None);
        return builder.WithMetadata(new PermissionRequirement(needed));
    }

    /// <summary>Everybody may call it, also without sign-in: it looks after itself, or tells nothing. Beside <see cref="RequirePermission"/>, which signed-in callers need.</summary>
    public static TBuilder OpenToAll<TBuilder>(this TBuilder builder)
        where TBuilder : IEndpointConventionBuilder => builder.WithMetadata(OpenEndpoint.Instance);

    /// <summary>See <see cref="OpenToAll"/>.</summary>
    internal static bool IsOpenToAll(Endpoint? endpoint) => endpoint?.Metadata.GetMetadata<OpenEndpoint>() is not null;

    /// <summary>What a caller needs: safe by default, so an endpoint that says nothing is for admins.</summary>
    internal static Permissions NeededBy(Endpoint endpoint) => endpoint.Metadata.GetMetadata<PermissionRequirement>()?.Needed ?? Permissions.Admin;
}
