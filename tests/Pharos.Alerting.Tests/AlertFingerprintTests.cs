using Pharos.Core.Labels;

namespace Pharos.Alerting.Tests;

public class AlertFingerprintTests
{
    [Theory]
    [InlineData("job", "foo", "severity", "warning", "9266ef3da838ad95")]
    [InlineData("job", "bar", "severity", "critical", "c7e68cb08e3e67f9")]
    public void Fingerprints_are_those_of_alertmanager(string name, string value, string other, string otherValue, string expected) =>
        Assert.Equal(expected, AlertFingerprint.TextOf(Labels.Of(name, value, other, otherValue)));

    [Fact]
    public void The_real_alertmanager_gives_this_alert_the_same_address() =>
        Assert.Equal("56f5546e7322b0d1", AlertFingerprint.TextOf(Labels.Of("alertname", "Down", "cluster", "c1", "instance", "a:1", "severity", "critical")));
}
