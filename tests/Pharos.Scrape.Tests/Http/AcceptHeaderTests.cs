using Pharos.Core.Labels;
using Pharos.Scrape.Configuration;
using Pharos.Scrape.Http;

namespace Pharos.Scrape.Tests.Http;

public class AcceptHeaderTests
{
    [Fact]
    public void The_default_is_upstreams() => Assert.Equal(
        "application/openmetrics-text;version=1.0.0;escaping=underscores;q=0.6,application/openmetrics-text;version=0.0.1;q=0.5,text/plain;version=1.0.0;escaping=underscores;q=0.4,text/plain;version=0.0.4;q=0.3,*/*;q=0.2",
        AcceptHeader.Build(ScrapeProtocolText.Default, NameEscaping.Underscores));

    [Fact]
    public void Protobuf_is_not_asked_for() => Assert.Equal(
        AcceptHeader.Build(ScrapeProtocolText.Default, NameEscaping.None),
        AcceptHeader.Build(ScrapeProtocolText.DefaultWithProtobuf, NameEscaping.None));
}
