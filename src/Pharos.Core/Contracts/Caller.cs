namespace Pharos.Core.Contracts;

/// <summary>Who sent a request, after the proof was checked. Immutable; holds no secret and may be logged.</summary>
/// <param name="Kind">How it proved that.</param>
/// <param name="Name">The user's name or the token's name; unique within its kind only.</param>
/// <param name="Role">For showing, and for what goes by roles; for a token the role that comes nearest.</param>
/// <param name="Permissions">What it may do: this alone decides.</param>
public sealed record Caller(CallerKind Kind, string Name, Role Role, Permissions Permissions)
{
    /// <summary>Whether it has every one of <paramref name="needed"/>; never for <see cref="Permissions.None"/>.</summary>
    public bool May(Permissions needed) => needed != Permissions.None && (Permissions & needed) == needed;

    /// <summary>As written in logs: <c>user admin</c>, <c>token prom-1</c>.</summary>
    public override string ToString() => Kind switch
    {
        CallerKind.User => $"user {Name}",
        CallerKind.Token => $"token {Name}",
        CallerKind.WebConfigUser => $"web config user {Name}",
        _ => "anonymous",
    };
}
