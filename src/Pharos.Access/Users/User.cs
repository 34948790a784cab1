using Pharos.Core.Contracts;

namespace Pharos.Access.Users;

/// <summary>A person who signs in by name and password. Immutable.</summary>
/// <param name="Name">Compared ordinally.</param>
/// <param name="Role">What the user may do.</param>
/// <param name="Created">UTC.</param>
/// <param name="PasswordRecord">See <see cref="Passwords.PasswordHasher"/>. Stays within this room.</param>
/// <param name="Version">Of the stored document.</param>
/// <param name="MustChangePassword">Whether the password is good for nothing but choosing another one.</param>
/// <param name="IsUnclaimed">Whether it is the admin of the first start with the one-time password that was made for it.</param>
public sealed record User(
    string Name, Role Role, DateTimeOffset Created, string PasswordRecord, long Version, bool MustChangePassword = false, bool IsUnclaimed = false)
{
    /// <summary>Leaves the record of the password out, wherever the user is printed.</summary>
    public override string ToString() => $"user {Name} ({Role.ToWord()})";
}
