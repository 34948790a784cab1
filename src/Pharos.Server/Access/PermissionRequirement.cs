using Pharos.Core.Contracts;

namespace Pharos.Server.Access;

/// <summary>What an endpoint asks of its caller. An endpoint without it asks for everything.</summary>
internal sealed record PermissionRequirement(Permissions Needed);
