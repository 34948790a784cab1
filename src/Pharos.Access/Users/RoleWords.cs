using Pharos.Core.Contracts;

namespace Pharos.Access.Users;

/// <summary>Roles as they are written in files, commands and answers.</summary>
public static class RoleWords
{
    /// <summary>All words, for messages.</summary>
    public const string All = "viewer, editor or admin";

    /// <summary>In lower case.</summary>
    public static string ToWord(this Role role) => role switch
    {
        Role.Viewer => "viewer",
        Role.Editor => "editor",
        Role.Admin => "admin",
        _ => throw new System.Diagnostics.UnreachableException($"role {(int)role}"),
    };

    /// <summary>Case does not count.</summary>
    public static bool TryParse(string word, out Role role)
    {
        foreach (Role candidate in Enum.GetValues<Role>())
        {
            if (string.Equals(candidate.ToWord(), word, StringComparison.OrdinalIgnoreCase))
            {
                role = candidate;
                return true;
            }
        }

        role = default;
        return false;
    }
}
