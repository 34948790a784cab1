namespace Pharos.Access.Users;

/// <summary>Which names a user or a token may have.</summary>
public static class UserName
{
    /// <summary>In characters.</summary>
    public const int MaxLength = 128;

    /// <summary>Why a name is refused; null when it is not.</summary>
    public static string? Check(string name)
    {
        if (name.Length is 0 or > MaxLength)
        {
            return $"a name has 1 to {MaxLength} characters, not {name.Length}";
        }

        if (name.Contains(':', StringComparison.Ordinal))
        {
            return "a name has no colon: basic authentication ends the name there";
        }

        if (name.Any(static letter => char.IsControl(letter) || char.IsSurrogate(letter)))
        {
            return "a name has no control characters and none outside the basic plane";
        }

        return name.Trim().Length == name.Length ? null : "a name neither begins nor ends with a space";
    }
}
