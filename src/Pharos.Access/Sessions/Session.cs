using Pharos.Core.Contracts;

namespace Pharos.Access.Sessions;

/// <summary>A session that is good at this moment. Immutable.</summary>
/// <param name="Caller">Who signed in, with what it may do by now.</param>
/// <param name="MustChangePassword">Whether it is good for nothing but choosing another password.</param>
/// <param name="Csrf">What every request that changes something bears beside the cookie.</param>
/// <param name="Ends">When it ends at the latest, UTC.</param>
public sealed record Session(Caller Caller, bool MustChangePassword, string Csrf, DateTimeOffset Ends)
{
    /// <summary>Without what is secret.</summary>
    public override string ToString() => $"session of {Caller}";
}
