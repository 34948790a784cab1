using System.Collections.Frozen;

namespace Pharos.Access.Passwords;

/// <summary>Which passwords a user may choose: length counts, composition does not (NIST SP 800-63B).</summary>
public static class PasswordRule
{
    /// <summary>In characters.</summary>
    public const int MinLength = 8;

    /// <summary>In characters.</summary>
    public const int MaxLength = 256;

    /// <summary>Passwords that products come with; everybody tries them first. Compared without case.</summary>
    private static readonly FrozenSet<string> KnownDefaults = new[]
    {
        "admin", "administrator", "admin123", "admin1234", "password", "password1", "passw0rd", "prom-operator", "prometheus", "grafana", "pharos", "changeme",
        "changeit", "change-me", "letmein1", "12345678", "123456789", "1234567890", "qwertyuiop", "default1",
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    /// <summary>Whether it is one that products come with.</summary>
    public static bool IsKnownDefault(string password) => KnownDefaults.Contains(password);

    /// <summary>Why a password is refused that is good for nothing but choosing another one; null when it is not.</summary>
    public static string? CheckForChange(string password)
    {
        if (password.Length is 0 or > MaxLength)
        {
            return $"a password has at most {MaxLength} characters and is not empty";
        }

        return password.Any(char.IsControl) ? "a password has no control characters" : null;
    }

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

        if (IsKnownDefault(password))
        {
            return "this password is a known default: choose another one";
        }

        return string.Equals(userName, password, StringComparison.OrdinalIgnoreCase) ? "a password is not the user's own name" : null;
    }
}
