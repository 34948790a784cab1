namespace Pharos.Access.Sessions;

/// <summary>A session as it is stored: nothing of it signs anybody in. Immutable.</summary>
/// <param name="SecretHash">SHA-256 of the secret, hexadecimal.</param>
/// <param name="Proof">A hash of the password's record at sign-in: with another record the session is none, whoever changed the password and wherever.</param>
/// <param name="Created">The sign-in, UTC.</param>
/// <param name="Used">The last use, UTC, at most <see cref="SessionOptions.UseInterval"/> old.</param>
internal sealed record StoredSession(string SecretHash, string Proof, DateTimeOffset Created, DateTimeOffset Used);
