using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Pictor.Server.Pages;

namespace Pictor.Server.Problems;

/// <summary>
/// Turns what handlers throw, and bare statuses such as 404 and 405, into problem details; on the page's own addresses into a page.
/// Only <see cref="InputException"/> and broken requests tell details: everything else is a bug, logged here and told as 500 without its insides.
/// </summary>
internal sealed partial class ProblemMiddleware(RequestDelegate next, ILogger<ProblemMiddleware> logger)
{
    public async Task InvokeAsync(HttpContext context)
    {
        try
        {
            await next(context);
            if (context.Response is { HasStarted: false, StatusCode: >= 400, ContentLength: null } && context.Response.ContentType is null)
                await AnswerAsync(context, OfStatus(context));
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            context.Response.StatusCode = 499; // the client went away: nobody reads an answer
        }
        catch (Exception e) when (!context.Response.HasStarted)
        {
            await AnswerAsync(context, OfException(context, e));
        }
    }

    private static Task AnswerAsync(HttpContext context, Problem problem)
    {
        // Headers of the answer that was to come (caching, ETag, Location) must not stay on the error; the security headers must.
        context.Response.Headers.Remove("ETag");
        context.Response.Headers.Remove("Location");
        context.Response.Headers.Remove("Content-Length");
        return PageProblems.Wants(context) ? PageProblems.WriteAsync(context, problem) : ProblemWriter.WriteAsync(context, problem);
    }

    private Problem OfException(HttpContext context, Exception e)
    {
        switch (e)
        {
            case InputException input:
                return Problem.Of(input);
            case BadHttpRequestException { StatusCode: 413 }:
                return Problem.Of("body.too-large", "The body of the request is longer than this server takes", "Send a smaller file, or raise the limit of the server.");
            case BadHttpRequestException bad:
                return OfBadRequest(bad);
            case IOException or InvalidDataException:
                return Problem.Of("body.broken", "The body of the request ended early or is not well formed", "Send the whole body, with the boundary that its Content-Type names.");
            default:
                logger.LogError(e, "{Method} {Path} failed", context.Request.Method, context.Request.Path);
                return Problem.Of(500, "server.bug", "The server made a mistake; its log says more", "Try again; if it happens again, report it with the server's log.");
        }
    }

    // ASP.NET tells the parameter only in its message: Failed to bind parameter "Nullable<int> limit" from "abc".
    private static Problem OfBadRequest(BadHttpRequestException e)
    {
        Match match = Binding().Match(e.Message);
        if (match.Success)
        {
            string name = match.Groups["name"].Value, value = match.Groups["value"].Value;
            return Problem.Of("parameter.invalid", $"The parameter '{name}' cannot be '{value}': a {Words(match.Groups["type"].Value)} is expected", $"Correct '{name}' in the address.");
        }

        match = Required().Match(e.Message);
        return match.Success
            ? Problem.Of("parameter.missing", $"The parameter '{match.Groups["name"].Value}' is missing", $"Add '{match.Groups["name"].Value}' to the address.")
            : Problem.Of(e.StatusCode is >= 400 and < 500 ? e.StatusCode : 400, "request.invalid", "The request is not well formed HTTP", "Correct the request; /openapi/v1.json describes what is understood.");
    }

    private static string Words(string type) => type.Contains("int", StringComparison.OrdinalIgnoreCase) || type.Contains("long", StringComparison.Ordinal)
        ? "whole number"
        : type.Contains("bool", StringComparison.OrdinalIgnoreCase) ? "true or false" : type.Contains("double", StringComparison.OrdinalIgnoreCase) ? "number" : "value of another kind";

    private static Problem OfStatus(HttpContext context)
    {
        string request = $"{context.Request.Method} {context.Request.Path}";
        return context.Response.StatusCode switch
        {
            404 => Problem.Of("route.unknown", $"There is nothing at {request}", "See /openapi/v1.json for what there is."),
            405 => Problem.Of("method.not-allowed", $"{request} is not possible; allowed: {context.Response.Headers.Allow}", "Use one of the allowed methods."),
            415 => Problem.Of(415, "body.type", $"{request} does not take a body of type '{context.Request.ContentType}'", "See /openapi/v1.json for the types that it takes."),
            int status => Problem.Of(status, string.Create(CultureInfo.InvariantCulture, $"http.{status}"), $"{request} was refused", "See /openapi/v1.json for what is understood."),
        };
    }

    [GeneratedRegex("bind parameter \"(?<type>.*) (?<name>[^ \"]+)\" from \"(?<value>.*)\"", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Binding();

    [GeneratedRegex("Required parameter \"(?<type>.*) (?<name>[^ \"]+)\" was not provided", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Required();
}
