using Pharos.Core.Contracts;

namespace Pharos.Access.Authentication;

/// <summary>What came of a proof.</summary>
/// <param name="Outcome">How the request stands.</param>
/// <param name="Caller">There when accepted.</param>
/// <param name="RetryAfter">With <see cref="AuthenticationOutcome.TooManyFailures"/>: when it is worth another try; whole seconds.</param>
/// <param name="Message">May be sent to the caller: says nothing that helps guessing.</param>
public readonly record struct AuthenticationResult(AuthenticationOutcome Outcome, Caller? Caller, TimeSpan RetryAfter, string Message)
{
    /// <summary>With <see cref="AuthenticationOutcome.Accepted"/>: the password is good for nothing but choosing another one.</summary>
    public bool MustChangePassword { get; init; }

    internal static AuthenticationResult Busy { get; } =
        new(AuthenticationOutcome.TooManyFailures, null, TimeSpan.FromSeconds(1), "too many sign-ins at once: try again in a second");

    internal static AuthenticationResult Accepted(Caller caller) => new(AuthenticationOutcome.Accepted, caller, TimeSpan.Zero, "");

    internal static AuthenticationResult NoCredentials(string message) => new(AuthenticationOutcome.NoCredentials, null, TimeSpan.Zero, message);

    internal static AuthenticationResult Refused(string message) => new(AuthenticationOutcome.Refused, null, TimeSpan.Zero, message);

    internal static AuthenticationResult TooManyFailures(TimeSpan retryAfter)
    {
        var seconds = TimeSpan.FromSeconds(Math.Max(1, Math.Ceiling(retryAfter.TotalSeconds)));
        return new(AuthenticationOutcome.TooManyFailures, null, seconds, $"too many failed sign-ins: try again in {seconds.TotalSeconds} seconds");
    }
}
