using System.Text.Json;
using Pharos.Server.Commands;

namespace Pharos.Server.Tests.Commands;

public class ExplanationTextTests
{
    [Fact]
    public void A_tree_is_printed_in_columns_with_notes_below_their_nodes()
    {
        using JsonDocument answer = JsonDocument.Parse("""
            {"query":"…","result":{"type":"vector","series":2,"points":2},"samples":12345,"peakSamples":9,"queueMs":0,"evaluationMs":3.25,"nodes":[
              {"id":0,"depth":0,"kind":"operator","title":"/ on (job)","type":"vector","series":2,"points":2,"selfMs":0.5,"totalMs":3.2,"notes":[
                {"kind":"lostSeries","text":"1 of 3 series of the left side has no partner.","join":{"left":3,"leftLost":1,"right":2,"rightLost":0,
                  "leftExample":{"__name__":"a","job":"x"},"rightExample":{"job":"y"},"onlyLeft":[],"onlyRight":[],"differ":["job"]}}]},
              {"id":1,"parent":0,"depth":1,"kind":"selector","title":"requests_total{job=\"api\"}","type":"vector","series":3,"dropped":1,"unread":1200,"points":3,"samples":12345,"selfMs":1234.567,"totalMs":1234.567},
              {"id":2,"parent":0,"depth":1,"kind":"selector","title":"requests_total{job=\"api\"}","type":"vector","series":3,"points":3,"selfMs":0,"totalMs":0,"sameAs":1,"once":true}],
             "warnings":["PromQL warning: beware (1:1)"]}
            """);
        Assert.Equal(
            """
            NODE                         SERIES  POINTS  SAMPLES         SELF        TOTAL
            / on (job)                        2       2        -      0.50 ms      3.20 ms
              - 1 of 3 series of the left side has no partner.
                  left  a{job="x"}
                  right {job="y"}
              requests_total{job="api"}       3       3   12,345  1,234.57 ms  1,234.57 ms
                - 1 series without a value at any step
                - 1,200 series that the node above did not need
              requests_total{job="api"}       3       3        -            -            -
                = computed once, with requests_total{job="api"} above
                - the same at every step: evaluated at one

            2 series, 2 values; 12,345 samples read, evaluated in 3.25 ms
            PromQL warning: beware (1:1)

            """,
            ExplanationText.Print(answer.RootElement));
    }

    [Fact]
    public void Why_an_answer_is_empty_stands_at_the_end_and_at_its_node()
    {
        using JsonDocument answer = JsonDocument.Parse($$"""
            {"query":"…","result":{"type":"vector","series":0,"points":0},"samples":0,"peakSamples":0,"queueMs":0,"evaluationMs":1,"empty":{"node":0,"note":0},"nodes":[
              {"id":0,"depth":0,"title":"{{new string('x', 100)}}","type":"vector","series":0,"points":0,"samples":0,"selfMs":1,"totalMs":1,"notes":[
                {"kind":"unknownMetric","cause":true,"text":"No series has that name."}]}]}
            """);
        string title = new string('x', 59) + "…";
        Assert.Equal(
            $"""
            NODE{new string(' ', 56)}  SERIES  POINTS  SAMPLES     SELF    TOTAL
            {title}       0       0        0  1.00 ms  1.00 ms
              ! No series has that name.

            0 series, 0 values; 0 samples read, evaluated in 1.00 ms
            Empty because of {title}: No series has that name.

            """,
            ExplanationText.Print(answer.RootElement));
    }

    [Fact]
    public void The_node_where_a_query_failed_is_marked_and_what_was_not_evaluated_has_no_numbers()
    {
        using JsonDocument answer = JsonDocument.Parse("""
            {"query":"…","error":{"message":"m","cause":"c"},"samples":0,"peakSamples":0,"queueMs":0,"evaluationMs":1,"nodes":[
              {"id":0,"depth":0,"title":"*","type":"vector","selfMs":0,"totalMs":0,"failed":true}]}
            """);
        Assert.Equal(
            """
            NODE  SERIES  POINTS  SAMPLES     SELF    TOTAL
            *          -       -        -  0.00 ms  0.00 ms
              ! the query failed here

            0 samples read, evaluated in 1.00 ms

            """,
            ExplanationText.Print(answer.RootElement));
    }
}
