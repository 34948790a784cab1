using Pharos.Core.Contracts;

namespace Pharos.Access.Tokens;

/// <summary>Scopes as they are written in files, commands and answers.</summary>
public static class TokenScopeWords
{
    /// <summary>All words, for messages.</summary>
    public const string All = "read, ingest or admin";

    /// <summary>In lower case.</summary>
    public static string ToWord(this TokenScope scope) => scope switch
    {
        TokenScope.Read => "read",
        TokenScope.Ingest => "ingest",
        TokenScope.Admin => "admin",
        _ => throw new System.Diagnostics.UnreachableException($"scope {(int)scope}"),
    };

    /// <summary>Case does not count.</summary>
    public static bool TryParse(string word, out TokenScope scope)
    {
        foreach (TokenScope candidate in Enum.GetValues<TokenScope>())
        {
            if (string.Equals(candidate.ToWord(), word, StringComparison.OrdinalIgnoreCase))
            {
                scope = candidate;
                return true;
            }
        }

        scope = default;
        return false;
    }
}
