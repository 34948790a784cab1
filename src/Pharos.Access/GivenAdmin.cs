namespace Pharos.Access;

/// <summary>The first admin as the environment names it. Only used where there is no user yet.</summary>
/// <param name="Name">The name to sign in with.</param>
/// <param name="Password">Never logged. A known default or a short one is good for nothing but choosing another at the first sign-in.</param>
/// <param name="Source">What names it, for messages: a variable.</param>
public sealed record GivenAdmin(string Name, string Password, string Source)
{
    /// <summary>Without the password.</summary>
    public override string ToString() => $"{Name} by {Source}";
}
