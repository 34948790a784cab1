namespace Pharos.Access.Passwords;

/// <summary>Which passwords a user may choose: length counts, composition does not (NIST SP 800-63B).</summary>
public static class PasswordRule
{
    /// <summary>In characters.</summary>
    public const int MinLength = 8;

    /// <summary>In characters.</summary>
    public const int MaxLength = 256;

    /// <summary>Why a password is refused; null when it is not.</summary>
    public static string? Check(string userName, string password)
    {
        if (password.Length is < MinLength or > MaxLength)
        {
            return $"a password has {MinLength} to {MaxLength} characters, not {password.Length}";
        }

        if (password.Any(char.IsControl))
        {
            return "a password has no control characters";
        }

        return string.Equals(userName, password, StringComparison.OrdinalIgnoreCase) ? "a password is not the user's own name" : null;
    }
}
