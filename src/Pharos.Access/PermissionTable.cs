using System.Diagnostics;
using Pharos.Core.Contracts;

namespace Pharos.Access;

/// <summary>Who may do what: the one place where it is decided.</summary>
public static class PermissionTable
{
    /// <summary>
    /// <c>--web.auth=none</c>: everything, as upstream's servers give it to everybody; the server then answers this machine only.
    /// </summary>
    public static Caller Anonymous { get; } = new(CallerKind.Anonymous, "anonymous", Role.Admin, Permissions.All);

    /// <summary>What a user may do. Samples come from machines, so below Admin they need a token.</summary>
    public static Permissions Of(Role role) => role switch
    {
        Role.Viewer => Permissions.Read,
        Role.Editor => Permissions.Read | Permissions.Edit,
        Role.Admin => Permissions.All,
        _ => throw new UnreachableException($"role {(int)role}"),
    };

    /// <summary>What a token may do: one that writes reads nothing, one that reads writes nothing.</summary>
    public static Permissions Of(TokenScope scope) => scope switch
    {
        TokenScope.Read => Permissions.Read,
        TokenScope.Ingest => Permissions.Ingest,
        TokenScope.Admin => Permissions.All,
        _ => throw new UnreachableException($"scope {(int)scope}"),
    };

    /// <summary>What a caller lacks, in words for a person: <c>role admin or a token of scope ingest or admin</c>.</summary>
    public static string Describe(Permissions needed)
    {
        IEnumerable<string> roles = Enum.GetValues<Role>().Where(role => (Of(role) & needed) == needed).Select(static role => Users.RoleWords.ToWord(role));
        IEnumerable<string> scopes = Enum.GetValues<TokenScope>().Where(scope => (Of(scope) & needed) == needed).Select(static scope => Tokens.TokenScopeWords.ToWord(scope));
        return $"role {string.Join(" or ", roles)}, or a token of scope {string.Join(" or ", scopes)}";
    }

    /// <summary>A user of Pharos.</summary>
    public static Caller User(string name, Role role) => new(CallerKind.User, name, role, Of(role));

    internal static Caller WebConfigUser(string name) => new(CallerKind.WebConfigUser, name, Role.Admin, Permissions.All);

    internal static Caller Token(string name, TokenScope scope)
        => new(CallerKind.Token, name, scope == TokenScope.Admin ? Role.Admin : Role.Viewer, Of(scope));
}
