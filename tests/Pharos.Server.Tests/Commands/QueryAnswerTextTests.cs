using System.Text.Json;
using Pharos.Server.Commands;

namespace Pharos.Server.Tests.Commands;

public class QueryAnswerTextTests
{
    [Theory]
    [InlineData("""{"resultType":"scalar","result":[1,"2"]}""", "scalar: 2 @[1]\n")]
    [InlineData("""{"resultType":"string","result":[1,"a b"]}""", "string: a b @[1]\n")]
    [InlineData("""{"resultType":"vector","result":[]}""", "")]
    [InlineData("""{"resultType":"vector","result":[{"metric":{},"value":[1.5,"3"]},{"metric":{"__name__":"up","job":"a"},"value":[1.5,"NaN"]}]}""", "{} => 3 @[1.5]\nup{job=\"a\"} => NaN @[1.5]\n")]
    [InlineData("""{"resultType":"matrix","result":[{"metric":{"__name__":"up"},"values":[[1,"3"],[2,"4"]]}]}""", "up =>\n3 @[1]\n4 @[2]\n")]
    [InlineData(
        """{"resultType":"vector","result":[{"metric":{"__name__":"h"},"histogram":[1,{"count":"4","sum":"5.5","buckets":[[3,"-0.5","0.5","1"],[0,"1","2","3"]]}]}]}""",
        "h => Count: 4.000000, Sum: 5.500000, Buckets: [[-0.5,0.5]:1 (1,2]:3] @[1]\n")]
    [InlineData("""{"resultType":"matrix","result":[{"metric":{},"histograms":[[1,{"count":"0","sum":"0"}]]}]}""", "{} =>\nCount: 0.000000, Sum: 0.000000, Buckets: [] @[1]\n")]
    public void Answers_are_printed_as_promtool_prints_them(string data, string text)
    {
        using JsonDocument document = JsonDocument.Parse(data);
        Assert.Equal(text, QueryAnswerText.Print(document.RootElement));
    }
}
