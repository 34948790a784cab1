using Pharos.Core.Contracts;

namespace Pharos.Access.Sessions;

/// <summary>The sessions of one user: one document, so that ending all of them is one write. Immutable.</summary>
/// <param name="Kind">Own users and those of the web configuration may have one name.</param>
/// <param name="Name">The user.</param>
/// <param name="LastSignIn">UTC; of sessions that have ended too.</param>
/// <param name="Sessions">By their sign-in.</param>
/// <param name="Version">Of the stored document.</param>
internal sealed record UserSessions(CallerKind Kind, string Name, DateTimeOffset LastSignIn, IReadOnlyList<StoredSession> Sessions, long Version);
