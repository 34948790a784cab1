using Pharos.Access.Authentication;
using Pharos.Server.Metrics;

namespace Pharos.Server.Access;

/// <summary>How the door was used. Safe for any thread.</summary>
internal sealed class AccessMetrics : IMetricSource
{
    private static readonly (AuthenticationOutcome Outcome, string Label)[] Outcomes =
    [
        (AuthenticationOutcome.Accepted, "accepted"),
        (AuthenticationOutcome.NoCredentials, "no_credentials"),
        (AuthenticationOutcome.Refused, "refused"),
        (AuthenticationOutcome.TooManyFailures, "too_many_failures"),
        (AuthenticationOutcome.Unavailable, "unavailable"),
    ];

    private readonly long[] _signIns = new long[Outcomes.Length];
    private long _forbidden;

    public void CountSignIn(AuthenticationOutcome outcome) => Interlocked.Increment(ref _signIns[(int)outcome]);

    public void CountForbidden() => Interlocked.Increment(ref _forbidden);

    public void Write(MetricWriter writer)
    {
        writer.Family("pharos_access_sign_ins_total", MetricKind.Counter, "Requests by what came of their proof of who sends them.");
        foreach ((AuthenticationOutcome outcome, string label) in Outcomes)
        {
            writer.Sample(Interlocked.Read(ref _signIns[(int)outcome]), ("outcome", label));
        }

        writer.Counter("pharos_access_forbidden_total", "Requests of known callers that lacked the permission.", Interlocked.Read(ref _forbidden));
    }
}
