// A web service that annotates the picture in the request's body. The options come from the configuration (here: Pictor:ModelPath) and are
// checked when the program starts; one annotator serves all requests. Run:
// dotnet run --project samples/AspNetAnnotate -- --Pictor:ModelPath=model.pictor
// curl --data-binary @cat.jpg http://localhost:5000/annotate
using Pictor;
using Pictor.Models.Annotators;
using Pictor.Models.Hosting;

WebApplicationBuilder builder = WebApplication.CreateBuilder(args);
builder.Services.AddPictorAnnotator(builder.Configuration.GetSection("Pictor"));
WebApplication app = builder.Build();

app.MapPost("/annotate", async (HttpRequest request, Annotator annotator, CancellationToken cancellationToken) =>
{
    using var body = new MemoryStream();
    await request.Body.CopyToAsync(body, cancellationToken);
    try
    {
        return Results.Ok(annotator.Describe(body.GetBuffer().AsMemory(0, (int)body.Length), "upload", top: 5));
    }
    catch (InputException problem)
    {
        return Results.Problem(problem.Message, statusCode: StatusCodes.Status415UnsupportedMediaType);
    }
});

await app.RunAsync();
