using Pharos.Access.Sessions;

namespace Pharos.Server.Access;

/// <summary>The session that a request bears by its cookie, found good.</summary>
/// <param name="Secret">Of the cookie; goes nowhere.</param>
/// <param name="Session">Whose it is.</param>
internal sealed record CookieSession(string Secret, Session Session)
{
    /// <summary>Without the secret.</summary>
    public override string ToString() => Session.ToString();
}
